import { z } from "zod";
import { failureCodes } from "../media/failure.ts";

/** A failure as it is told anywhere: in an answer, in a stream, of a file that could not be read. */
export const failureDetail = z.strictObject({
  code: z.enum(failureCodes),
  message: z.string(),
  remedy: z.string().describe("What to do about it."),
});

/** What every route answers that refuses or fails. */
export const failureAnswer = z.strictObject({
  error: failureDetail.extend({
    type: z.string().describe("The same for clients of OpenAI's API."),
    param: z.null(),
  }),
});
