/** The floor of each folder of core: a folder imports only from lower floors. */
export type Layers = ReadonlyMap<string, number>;

/** Reads the table of layers in ARCHITECTURE.md: its rows begin with the number of the floor and name its folders as `name/`. */
export function readLayers(architecture: string): Layers {
  const [, section = ""] = architecture.split(/^### Layers of core$/m);
  const [table = ""] = section.split(/^#/m);
  const layers = new Map<string, number>();
  for (const [, floor, folders = ""] of table.matchAll(/^\| (\d+) \| ([^|]+) \|/gm)) {
    for (const [, folder = ""] of folders.matchAll(/`([a-z-]+)\/`/g)) {
      if (layers.has(folder)) throw new Error(`ARCHITECTURE.md names the folder ${folder}/ on two floors.`);
      layers.set(folder, Number(floor));
    }
  }
  return layers;
}
