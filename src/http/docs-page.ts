import { html } from "hono/html";

type Content = Readonly<Record<string, { readonly schema?: unknown }>>;

interface Operation {
  readonly summary?: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly description?: string;
  }[];
  readonly responses?: Readonly<Record<string, { readonly content?: Content }>>;
  readonly requestBody?: { readonly content?: Content };
}

/** A readable page of what `/openapi.json` says; without scripts. */
export function docsPage(paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>) {
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Sightline API</title>
        <link rel="stylesheet" href="/docs/style.css" />
      </head>
      <body>
        <main>
          <h1>Sightline API</h1>
          <p>
            The same as data: <a href="/openapi.json">/openapi.json</a>. Errors are
            <code>{"error":{"code","message","remedy"}}</code>. Times are milliseconds, unless a name says seconds.
          </p>
          ${routes.map(
            ({ path, method, operation }) => html`<section>
              <h2><span class="method">${method}</span> <code>${path}</code></h2>
              <p>${operation.summary ?? ""}</p>
              ${(operation.parameters ?? []).map(
                (one) =>
                  html`<p class="field"><code>${one.name}</code> <small>${one.in}</small> ${one.description ?? ""}</p>`,
              )}
              ${schemasOf("Takes", operation.requestBody?.content)}
              ${schemasOf("Answers", answerOf(operation))}
            </section>`,
          )}
        </main>
      </body>
    </html>`;
}

function answerOf({ responses = {} }: Operation): Content | undefined {
  return Object.entries(responses).find(([status]) => status.startsWith("2"))?.[1].content;
}

function schemasOf(what: string, content: Content = {}) {
  return Object.entries(content).map(
    ([type, { schema }]) => html`<details>
      <summary>${what} ${type}</summary>
      <pre>${JSON.stringify(schema, null, 2)}</pre>
    </details>`,
  );
}

export const docsStyle = `
:root { color-scheme: light dark; --line: light-dark(#ddd, #333); --soft: light-dark(#595959, #a6a6a6); }
body { font: 16px/1.55 system-ui, sans-serif; margin: 0; }
main { max-width: 46rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
h2 { font-size: 1rem; margin: 0; }
section { border-top: 1px solid var(--line); padding: 1rem 0; }
section p { margin: .25rem 0; }
.method { display: inline-block; min-width: 4.5em; color: var(--soft); }
.field small { color: var(--soft); }
pre { overflow-x: auto; font-size: .85rem; }
`;
