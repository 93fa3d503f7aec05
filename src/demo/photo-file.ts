/** What a camera and its owner leave in a photo's file. */
export interface PhotoTags {
  /** Local time, "2024-07-14T18:30:12". */
  readonly takenAt: string;
  readonly city: string;
  readonly country: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly camera: readonly [maker: string, model: string];
  readonly sideways: boolean;
}

/** Writes a drawn picture as a JPEG with EXIF (time, place, camera) and XMP (names of city and country). */
export async function writePhoto(svg: string, tags: PhotoTags, outPath: string): Promise<void> {
  const { default: sharp } = await import("sharp");
  const upright = await sharp(Buffer.from(svg))
    .flatten({ background: "#ffffff" })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const taken = tags.takenAt.replace(/-/g, ":").replace("T", " ");
  const [Make, Model] = tags.camera;
  const drawn = sharp(upright.data, { raw: upright.info });
  await (tags.sideways ? drawn.rotate(270) : drawn)
    .withMetadata({ orientation: tags.sideways ? 6 : 1 })
    .withExif({
      IFD0: { Make, Model, DateTime: taken },
      IFD2: { DateTimeOriginal: taken, DateTimeDigitized: taken },
      IFD3: {
        GPSLatitudeRef: tags.latitude < 0 ? "S" : "N",
        GPSLatitude: degrees(tags.latitude),
        GPSLongitudeRef: tags.longitude < 0 ? "W" : "E",
        GPSLongitude: degrees(tags.longitude),
      },
    })
    .withXmp(placeInWords(tags.city, tags.country))
    .jpeg({ quality: 86 })
    .toFile(outPath);
}

/** 38.7223 → "38/1 43/1 2028/100": degrees, minutes, seconds as EXIF rationals. */
function degrees(value: number): string {
  const hundredths = Math.round(Math.abs(value) * 360_000);
  return `${Math.floor(hundredths / 360_000)}/1 ${Math.floor(hundredths / 6000) % 60}/1 ${hundredths % 6000}/100`;
}

function placeInWords(city: string, country: string): string {
  return `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"><photoshop:City>${city}</photoshop:City><photoshop:Country>${country}</photoshop:Country></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;
}
