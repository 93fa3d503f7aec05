import type {
  ReadResourceResult,
  Resource,
  ResourceTemplate,
  ResourceTemplateReference,
} from "@modelcontextprotocol/sdk/types.js";

export type ResourceContents = ReadResourceResult["contents"];

/** Resources of one kind of address, as plain functions. */
export interface ResourceSource {
  readonly templates: readonly ResourceTemplate[];
  list(): Promise<readonly Resource[]>;
  /** Undefined for an address of another kind. Throws `Failure` for one of this kind that leads nowhere. */
  read(uri: string, signal: AbortSignal): Promise<ResourceContents | undefined>;
  /** Values for a variable of one of its templates; undefined for another's template. */
  complete?(
    reference: ResourceTemplateReference,
    argument: string,
    value: string,
  ): Promise<readonly string[] | undefined>;
}
