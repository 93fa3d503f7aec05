import { html } from "hono/html";
import type { FailureDetail } from "../media/failure.ts";

/** What a person sees who opens the address without being let in: no style, since nothing else is served to them. */
export function refusalPage({ message, remedy }: FailureDetail) {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>Sightline</title>
      </head>
      <body>
        <main>
          <h1>${message}</h1>
          <p>${remedy}</p>
        </main>
      </body>
    </html>`;
}
