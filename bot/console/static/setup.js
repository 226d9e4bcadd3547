// What the server put into the page: words, language, account.

export const setUp = JSON.parse(document.querySelector("#set-up").textContent);

/** The console's words, with `{names}` filled in. */
export function t(key, values = {}) {
  return fill(setUp.words[key] ?? key, values);
}

/** The same in the language of an answer. */
export function told(language, key, values = {}) {
  return fill(setUp.said[language][key] ?? key, values);
}

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

const status = document.querySelector("#status");

/** Say a sentence in the status line, which screen readers read out. */
export function say(sentence) {
  status.textContent = sentence;
}
