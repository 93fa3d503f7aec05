/** Values of a picture as flat rows [N, count], by the names that the graph gives them. */
export interface FeatureRows {
  /** What words are fitted to. */
  readonly described: readonly string[];
  /** What tells one picture from another: local colour, edges and directions, each with its weight. */
  readonly particular: readonly {
    readonly value: string;
    readonly size: number;
    readonly weight: number;
  }[];
}
