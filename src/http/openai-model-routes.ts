import { Hono } from "hono";
import { Failure } from "../media/failure.ts";
import type { Told } from "./answer-schemas.ts";
import type { HttpContext } from "./http-context.ts";
import { modelAnswer, modelsAnswer } from "./openai-answers.ts";
import { describeApi } from "./route-docs.ts";

/** `GET /v1/models`: the one that answers, and the encoder. */
export function openaiModelRoutes(http: HttpContext) {
  return (
    new Hono()
      .get(
        "/",
        describeApi({ summary: "Models in OpenAI's form", answer: modelsAnswer, refuses: [404] }),
        async (context) =>
          context.json<Told<typeof modelsAnswer>>({ object: "list", data: await modelsOf(http) }),
      )
      // A model's name may hold slashes, as on a server of many models.
      .get(
        "/:id{.+}",
        describeApi({ summary: "One model in OpenAI's form", answer: modelAnswer, refuses: [404] }),
        async (context) => {
          const wanted = context.req.param("id");
          const model = (await modelsOf(http)).find(({ id }) => id === wanted);
          if (model) return context.json<Told<typeof modelAnswer>>(model);
          throw new Failure({
            code: "not-found",
            message: `There is no model ${wanted} here.`,
            remedy: "GET /v1/models lists them.",
          });
        },
      )
  );
}

async function modelsOf(http: HttpContext): Promise<readonly Told<typeof modelAnswer>[]> {
  const { model, encoder } = await http.library();
  return [model.name, encoder.space].map((id) => ({
    id,
    object: "model",
    created: 0,
    owned_by: "sightline",
  }));
}
