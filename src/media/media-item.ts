export const mediaKinds = ["image", "video", "audio", "document"] as const;
export type MediaKind = (typeof mediaKinds)[number];

/** Content hash of the file's bytes: a moved or renamed file keeps its id, its index and its vectors. */
export type MediaId = string & { readonly brand: "MediaId" };

export interface GeoPoint {
  readonly latitude: number;
  readonly longitude: number;
}

/** What a file says about itself, read by a quick look at its headers. Sizes are in pixels as displayed. */
export interface MediaFacts {
  readonly durationMs?: number;
  readonly width?: number;
  readonly height?: number;
  /** Epoch milliseconds; local time without a zone is taken as UTC. */
  readonly takenAt?: number;
  readonly camera?: string;
  readonly place?: GeoPoint;
  /** Place in words where the file names one (EXIF/IPTC/XMP location). */
  readonly placeName?: string;
  readonly pages?: number;
  readonly title?: string;
  readonly framesPerSecond?: number;
  readonly codec?: string;
  readonly hasAudio?: boolean;
}

/** A second file with the same content as an item. */
export interface FileCopy {
  /** Absolute. */
  readonly path: string;
  /** Epoch milliseconds. */
  readonly modifiedAt: number;
}

export interface MediaItem extends MediaFacts {
  readonly id: MediaId;
  readonly kind: MediaKind;
  /** Absolute. */
  readonly path: string;
  readonly bytes: number;
  /** Epoch milliseconds. */
  readonly modifiedAt: number;
  /** Other files with the same bytes, in the order they were found. The first takes over when `path` vanishes. */
  readonly copies?: readonly FileCopy[];
  /** When the newest subtitle file beside it was changed, epoch ms: a new one is read into the index. */
  readonly sidecarsAt?: number;
}
