/** The old and the new version of something that is compared. */
export interface Versions<T> {
  readonly old: T;
  readonly new: T;
}
