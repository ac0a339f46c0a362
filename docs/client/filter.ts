/** The field above operations, which hides those that do not contain what is typed. */
export function startFilter(): void {
  const field = document.querySelector<HTMLInputElement>("#filter");
  const count = document.querySelector("#filter-count");
  const operations = [...document.querySelectorAll<HTMLElement>("section.operation")];
  field?.addEventListener("input", () => {
    const words = field.value.toLowerCase().split(/\s+/);
    let shown = 0;
    for (const operation of operations) {
      const text = operation.textContent?.toLowerCase() ?? "";
      operation.hidden = !words.every((word) => text.includes(word));
      if (!operation.hidden) shown += 1;
    }
    if (count) count.textContent = `${shown} of ${operations.length} operations`;
  });
}
