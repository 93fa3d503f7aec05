/** What XMP and IPTC say in words; any of it may be missing. Untrusted, not yet cleaned. */
export interface Described {
  readonly placeName?: string;
  readonly title?: string;
  readonly description?: string;
}

/** From the narrowest to the widest: "Pier 3, Lisbon, Portugal". */
export function describe(parts: {
  readonly places: readonly (string | undefined)[];
  readonly title: string | undefined;
  readonly description: string | undefined;
}): Described {
  const { places, title, description } = parts;
  const placeName = [...new Set(places.filter((place) => place !== undefined && place.trim() !== ""))].join(
    ", ",
  );
  return {
    ...(placeName && { placeName }),
    ...(title && { title }),
    ...(description && { description }),
  };
}
