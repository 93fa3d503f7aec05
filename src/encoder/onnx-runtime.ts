/**
 * ONNX Runtime, loaded on first use. Since 1.29 its published builds send usage events to their maker unless this
 * variable is set before the library starts; nothing leaves a person's machine here.
 */
export async function loadOnnxRuntime(): Promise<typeof import("onnxruntime-node")> {
  process.env.ORT_DISABLE_TELEMETRY = "1";
  return import("onnxruntime-node");
}
