export type HubKind = "huggingface" | "modelscope";

/** Where models come from. */
export interface HubSettings {
  readonly kind: HubKind;
  /** Base address, without a slash at its end: the hub's own, or a mirror that speaks as it does. */
  readonly url: string;
}

export const hubAddresses: Readonly<Record<HubKind, string>> = {
  huggingface: "https://huggingface.co",
  modelscope: "https://www.modelscope.cn",
};

/**
 * From the settings `hub` (a name, or at once a mirror's address) and `hubUrl`. `endpoint` is `HF_ENDPOINT`, which
 * people in China often have set already; it counts for Hugging Face where no setting of ours says otherwise.
 */
export function hubSettings(
  settings: { readonly hub?: string | undefined; readonly hubUrl?: string | undefined },
  endpoint: string | undefined,
): HubSettings {
  const { hub = "huggingface", hubUrl } = settings;
  if (isWebAddress(hub)) {
    return { kind: hub.includes("modelscope") ? "modelscope" : "huggingface", url: withoutSlash(hub) };
  }
  const kind = hub === "modelscope" ? "modelscope" : "huggingface";
  const mirror = hubUrl ?? (kind === "huggingface" ? endpoint : undefined);
  return { kind, url: withoutSlash(mirror && isWebAddress(mirror) ? mirror : hubAddresses[kind]) };
}

/** What the setting `hub` may be. */
export function isHub(text: string): boolean {
  return text in hubAddresses || isWebAddress(text);
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text);
}

function withoutSlash(address: string): string {
  return address.replace(/\/+$/, "");
}
