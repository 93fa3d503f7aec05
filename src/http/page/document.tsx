/** @jsxImportSource hono/jsx */
import type { Language } from "../../messages/messages.ts";
import { type PageMessages, pageEn } from "../../messages/page-en.ts";
import { pageZh } from "../../messages/page-zh.ts";
import { type IconName, iconPaths } from "./client/icon-paths.ts";

export interface DocumentParts {
  readonly language: Language;
  readonly styles: readonly string[];
  readonly mainScript: string;
  readonly scripts: readonly string[];
}

interface Words {
  readonly say: PageMessages;
}

/** The whole page as it is before its scripts run: every landmark and label is there, no media yet. */
export function renderDocument({ language, styles, mainScript, scripts }: DocumentParts): string {
  const say = language === "zh" ? pageZh : pageEn;
  const page = (
    <html lang={language === "zh" ? "zh-Hans" : "en"}>
      <head>
        <meta charset="utf-8" />
        <title>{say.title}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="description" content={say.tagline} />
        <link rel="icon" href="/page/icon.svg" type="image/svg+xml" />
        {styles.map((address) => (
          <link key={address} rel="stylesheet" href={address} />
        ))}
        {scripts.map((address) => (
          <link key={address} rel="modulepreload" href={address} />
        ))}
        <script type="module" src={mainScript} />
      </head>
      <body>
        <a class="skip" href="#work">
          {say.skip}
        </a>
        <Header say={say} />
        <main>
          <noscript>
            <p class="notice">{say.needsScript}</p>
          </noscript>
          <h1 id="greeting">{say.greeting}</h1>
          <search>
            <Box say={say} />
          </search>
          <p id="status" class="hidden" role="status" />
          <div id="notice" />
          <div id="work" class="stage" tabindex={-1}>
            <div id="stream" class="stream" />
            <aside id="viewer" class="viewer" aria-label={say.viewer.title} hidden />
          </div>
        </main>
        <div id="drop" class="drop" hidden>
          <p>{say.box.drop}</p>
        </div>
      </body>
    </html>
  );
  return `<!doctype html>${String(page)}`;
}

function Header({ say }: Words) {
  return (
    <header class="top">
      <a class="mark" href="/">
        <svg viewBox="0 0 28 20" aria-hidden="true">
          <path d="M1 10C5 4 9.5 1.5 14 1.5S23 4 27 10" />
          <path d="M4 18.5h20" />
          <circle cx="14" cy="10.5" r="3.750" />
        </svg>
        <span>Sightline</span>
      </a>
      <nav aria-label={say.library.title}>
        <a id="library-link" href="#library">
          <Icon name="folder" />
          {say.library.link}
          <span id="library-count" class="count" />
        </a>
      </nav>
    </header>
  );
}

function Box({ say }: Words) {
  const kinds = ["all", "video", "image", "document", "audio"] as const;
  return (
    <form id="box" class="box" autocomplete="off">
      <div class="field">
        <button id="attach" class="quiet" type="button" title={say.box.attach} aria-label={say.box.attach}>
          <Icon name="picture" />
        </button>
        <div id="attachment" class="attachment" hidden />
        <input
          id="words"
          name="words"
          type="text"
          aria-label={say.box.label}
          aria-keyshortcuts="/"
          placeholder={say.box.placeholder}
          maxlength={2000}
          enterkeyhint="search"
        />
        <input id="file" type="file" accept="image/*,video/*" hidden />
        <div class="actions">
          <button id="search" class="primary" type="submit" value="search">
            <Icon name="search" />
            {say.box.search}
          </button>
          <button id="ask" type="submit" value="ask">
            <Icon name="ask" />
            {say.box.ask}
          </button>
          <button id="stop" type="button" hidden>
            <Icon name="stop" />
            {say.box.stop}
          </button>
        </div>
      </div>
      <div class="options">
        <fieldset class="kinds">
          <legend class="hidden">{say.box.kinds}</legend>
          {kinds.map((kind) => (
            <label key={kind}>
              <input type="radio" name="kind" value={kind} checked={kind === "all"} />
              <span>{say.kinds[kind]}</span>
            </label>
          ))}
        </fieldset>
        <button id="thinking" class="switch" type="button" role="switch" aria-checked="false">
          <span class="knob" />
          {say.box.thinking}
        </button>
        <p class="keys">{say.box.keys}</p>
      </div>
    </form>
  );
}

function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={iconPaths[name]} />
    </svg>
  );
}
