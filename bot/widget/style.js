// Two style sheets, made in the browser so that the page's policy needs no 'unsafe-inline': the widget's, and paper's.

const CARD = `
h3 { margin: 0; font-size: 1.25em; line-height: 1.35; }
h4 { display: flex; justify-content: space-between; align-items: baseline; margin: 1.1em 0 .35em; font-size: 1em; color: var(--brand); }
h4 small { display: inline; }
ul, ol { margin: 0; padding: 0; list-style: none; }
p, blockquote { margin: .35em 0; white-space: pre-line; }
small, em { display: block; font-size: .9em; font-style: normal; color: var(--soft); }
em { color: var(--warn); font-weight: 600; }
.steps { counter-reset: step; }
.steps li { position: relative; padding: 0 0 .8em; padding-inline-start: 2.6em; counter-increment: step; }
.steps li::before { content: counter(step); position: absolute; inset-inline-start: 0; inset-block-start: 0; inline-size: 1.75em; line-height: 1.75em; text-align: center;
  font-weight: 700; color: var(--paper); background: var(--brand); border-radius: 50%; }
.plain > li + li { margin-block-start: .6em; }
.mark { display: inline-block; margin-inline-start: .4em; padding: 0 .45em; font-size: .85em; color: var(--soft); border: 1px solid var(--line); border-radius: .3em; white-space: nowrap; }
.mark.unconfirmed, .mark.not_yet_in_force, .mark.repealed { color: var(--warn); border-color: currentcolor; }
blockquote { padding-inline-start: .8em; border-inline-start: 3px solid var(--line); }
.note { padding: .5em .8em; background: var(--tint); border-inline-start: 4px solid var(--brand); }
.soft { color: var(--soft); }
`;

export const STYLE = `
:host { all: initial; --ink: #17212b; --paper: #fff; --ground: #eef3f8; --tint: #e3edf7; --line: #b3c0cc; --soft: #4d5a66; --warn: #9a3412; --edge: #6b7985;
  --brand: var(--brand-light, #14508c); color-scheme: light dark;
  font: medium/1.6 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; color: var(--ink); }
@media (prefers-color-scheme: dark) {
  :host { --ink: #eaf0f5; --paper: #1b232b; --ground: #12181e; --tint: #242f3a; --line: #4d5b68; --soft: #b4c0cb; --warn: #fdba74; --edge: #8a98a5; --brand: var(--brand-dark, #9ac6f4); }
}
* { box-sizing: border-box; overflow-wrap: anywhere; }
[hidden] { display: none !important; }
:focus-visible { outline: 3px solid var(--brand); outline-offset: 2px; }
a { color: var(--brand); text-underline-offset: .2em; }
button, summary { min-block-size: max(2.75em, 44px); min-inline-size: 44px; }
button { padding: .4em .95em; font: inherit; text-align: start; color: var(--brand); background: var(--paper);
  border: 1.5px solid var(--brand); border-radius: .5em; cursor: pointer; }
button:hover { background: var(--tint); }
.primary, .launcher, [aria-pressed=true] { color: var(--paper); background: var(--brand); font-weight: 600; text-align: center; }
.primary:hover, .launcher:hover { background: var(--brand); }
.quiet { padding-inline: .4em; border-color: transparent; background: none; text-decoration: underline; }
.launcher { position: fixed; z-index: 2147483000; inset-block-end: 1.25em; inset-inline-end: 1.25em; padding: .7em 1.3em; border-radius: 2em; font-size: 1.06em;
  border-color: var(--paper); box-shadow: 0 2px 12px #0005; }
:host([data-position=start]) :is(.launcher, #panel) { inset-inline: 1.25em auto; }
#panel { position: fixed; z-index: 2147483000; inset-block-end: 5.25em; inset-inline-end: 1.25em; display: flex; flex-direction: column; inline-size: 30em;
  max-inline-size: calc(100vw - 2.5em); block-size: min(50em, 100vh - 6.5em); font-size: 1.06em; background: var(--ground); border: 1px solid var(--line);
  border-radius: .8em; box-shadow: 0 8px 36px #0004; overflow: hidden; }
.large { font-size: 1.4em !important; inline-size: 34em; }
.bar { display: flex; flex-wrap: wrap; align-items: center; gap: .3em; padding: .45em .6em; padding-inline-start: 1em; color: var(--paper); background: var(--brand); }
h2 { flex: 1 1 7em; margin: 0; font-size: 1.1em; line-height: 1.3; }
.head { padding-inline: .7em; color: var(--paper); background: none; border-color: transparent; }
.head:hover { background: none; text-decoration: underline; }
.head[aria-pressed=true] { color: var(--brand); background: var(--paper); }
.bar :focus-visible { outline-color: var(--paper); outline-offset: -4px; }
.head[aria-pressed=true]:focus-visible { outline-color: var(--brand); }
.intro { margin: 0; padding: .6em 1em; background: var(--tint); }
#log { position: relative; flex: 1; overflow-y: auto; overscroll-behavior: contain; padding: 1em; }
#log:focus-visible { outline-offset: -4px; }
#log > * { margin-block-end: .8em; inline-size: fit-content; max-inline-size: 100%; padding: .6em .95em; border-radius: .8em; }
.reply { background: var(--paper); border: 1px solid var(--line); border-end-start-radius: .15em !important; }
.mine { margin-inline-start: auto; background: var(--tint); border: 1px solid var(--line); border-end-end-radius: .15em !important; white-space: pre-line; }
#log > .wide { inline-size: 100%; padding: 1em 1.1em; }
#log > .notice { background: none; border-style: dashed; color: var(--soft); }
#log > .failure { inline-size: 100%; background: var(--paper); border: 2px solid var(--warn); color: var(--warn); }
.hidden { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.choices { display: flex; flex-wrap: wrap; gap: .5em; margin-block: .6em .2em !important; }
.choices.many { max-block-size: 15em; overflow-y: auto; padding: .3em; border: 1px solid var(--line); border-radius: .5em; }
.code strong { display: block; font-size: 2em; letter-spacing: .18em; font-variant-numeric: tabular-nums; }
figure { margin: 0 0 1em; }
.facts > li { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; column-gap: .6em; border-block-end: 1px solid var(--line); }
.facts > li > .menu { flex-basis: 100%; padding-block-end: .6em; }
.check label { display: flex; gap: .7em; align-items: start; min-block-size: 2.75em; padding-block: .5em; cursor: pointer; }
.check li + li { border-block-start: 1px solid var(--line); }
input { flex: none; inline-size: 1.35em; block-size: 1.35em; margin: .15em 0 0; accent-color: var(--brand); }
details { margin-block-start: .9em; border-block-start: 1px solid var(--line); }
summary { line-height: 2.75em; font-weight: 600; color: var(--brand); cursor: pointer; }
.tools { display: flex; flex-wrap: wrap; gap: .4em; margin-block-start: .8em; padding-block-start: .8em; border-block-start: 1px solid var(--line); }
.tools button { font-size: .93em; }
.share { padding-block-start: .6em; }
.qr { display: block; inline-size: 12em; max-inline-size: 100%; margin-block-start: .8em; background: #fff; fill: #000; forced-color-adjust: none; }
.dots { padding: 0 1.2em .3em; }
.dots i { display: inline-block; inline-size: .5em; block-size: .5em; margin-inline-end: .3em; border-radius: 50%; background: var(--edge); animation: beat 1.2s infinite; }
.dots i + i { animation-delay: .2s; }
.dots i + i + i { animation-delay: .4s; }
@keyframes beat { 40% { opacity: .25; } }
[role=status] { margin: 0; padding: 0 1em; min-block-size: 1.6em; color: var(--soft); }
form { padding: .3em 1em .4em; }
label[for] { font-weight: 600; }
.row { display: flex; gap: .5em; }
textarea { flex: 1; min-inline-size: 0; min-block-size: 3.6em; padding: .45em .6em; font: inherit; color: inherit; background: var(--paper); border: 1.5px solid var(--edge); border-radius: .5em; resize: none; }
::placeholder { color: var(--soft); opacity: 1; }
.foot { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; padding: 0 1em .3em; font-size: .9em; color: var(--soft); }
.foot p { margin: 0; }
.forget { display: flex; flex-wrap: wrap; align-items: center; gap: .4em; }
@media (max-width: 40em), (max-height: 30em) {
  #panel { inset: 0 !important; inline-size: 100%; max-inline-size: none; block-size: 100%; border: 0; border-radius: 0; }
}
@media (max-width: 24em), (max-height: 30em) {
  #panel { overflow-y: auto; }
  #log { flex: none; overflow: visible; padding-inline: .6em; }
}
@media (prefers-reduced-motion: reduce) { * { animation: none !important; } }
@media (forced-colors: active) { .steps li::before { border: 1px solid; } [aria-pressed=true], .primary { border-width: 3px; } }
@media print { :host { display: none; } }
${CARD}`;

export const PAPER = `
:host { all: initial; --ink: #000; --paper: #fff; --tint: #fff; --line: #999; --soft: #333; --warn: #000; --brand: #000; color: #000;
  font: 9.5pt/1.3 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
${CARD}:host([lang=en]) { font-size: 8pt; }
h3 { font-size: 16pt; }
h4 { margin: .6em 0 .1em; }
.facts li { display: inline; }
.facts li:not(:last-child)::after { content: " · "; }
.check label { display: flex; gap: .6em; }
.steps li { padding-block-end: 0; }
.steps li::before { inline-size: auto; line-height: inherit; color: #000; background: none; }
.fine { columns: 3; font-size: 7.5pt; }
small { display: inline; margin-inline-start: .5em; }
li, p { margin: 0 !important; }
.fine blockquote { display: none; }
a { color: inherit; text-decoration: none; }
aside { position: absolute; inset-block-start: 0; inset-inline-end: 0; }
.qr { inline-size: 24mm; }
`;

export const PRINTING = `
@media screen { banshi-paper { display: none; } }
@media print { body > :not(banshi-paper) { display: none !important; } body, html { margin: 0 !important; padding: 0 !important; background: none !important; } @page { margin: 12mm; } }
`;

const ENOUGH = 4.5; // contrast of text in the page's colour with the panel, light or dark (WCAG 1.4.3)

function luminance(rgb) {
  const [r, g, b] = rgb.map((value) => (value / 255 <= 0.04045 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** `rgb` moved towards `end` (0 or 255) until it can be read on each of `grounds`. */
function readable(rgb, grounds, end) {
  let moved = rgb;
  while (grounds.some((ground) => contrast(moved, ground) < ENOUGH)) {
    moved = moved.map((value) => Math.round(value + Math.sign(end - value) * Math.max(1, Math.abs(end - value) * 0.05)));
  }
  return `rgb(${moved.join(" ")})`;
}

/** Set the custom properties of a colour such as #14508c; anything else is left to the style sheet. */
export function paint(node, colour) {
  if (!/^#[\da-f]{6}$/i.test(colour ?? "")) return;
  const rgb = [1, 3, 5].map((place) => parseInt(colour.slice(place, place + 2), 16));
  node.style.setProperty("--brand-light", readable(rgb, [[255, 255, 255], [238, 243, 248]], 0));
  node.style.setProperty("--brand-dark", readable(rgb, [[27, 35, 43], [36, 47, 58]], 255));
}
