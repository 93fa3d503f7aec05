/** What a search looked at: so that "not found" says how much was examined. */
export interface Coverage {
  readonly items: number;
  /** Of `items`, those whose indexing failed: they could not be examined. */
  readonly unreadable: number;
  readonly videoMs: number;
  readonly images: number;
  readonly pages: number;
  readonly segments: number;
  /** Words of the query that the encoder has no vector for: only text and events were searched for them. */
  readonly unknownWords: readonly string[];
}
