// Building nodes. Text only ever becomes text: no markup is interpreted anywhere in the widget.

const LINK = /https?:\/\/[^\s<>"'，。；、（）《》]+|(?<![\d上])12333(?!\d)/g;

/** An element with properties and children; children that are null are left out, strings become text. */
export function h(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (typeof value === "boolean") node.toggleAttribute(name, value);
    else if (value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.flat(9).filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

export const button = (label, onclick, properties = {}) => h("button", { type: "button", onclick, ...properties }, label);

/** Text with its web addresses and the hotline as links. */
export function linked(text) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(LINK)) {
    const address = match[0] === "12333" ? "tel:12333" : match[0];
    nodes.push(text.slice(end, match.index), link(address, match[0]));
    end = match.index + match[0].length;
  }
  return [...nodes, text.slice(end)];
}

/** A link to a web page or a telephone number, or the plain title when the address is anything else. */
export function link(address, title) {
  if (/^tel:[\d-]+$/.test(address ?? "")) return h("a", { href: address }, title);
  if (!/^https?:\/\//i.test(address ?? "")) return title;
  return h("a", { href: address, rel: "noopener noreferrer", target: "_blank" }, title);
}

/** The code a browser calls a language of ours by. */
export const tag = (language) => (language === "en" ? "en" : "zh-CN");

/** A style sheet made from text: needs no `style-src` in the page's policy. */
export function sheet(css) {
  const made = new CSSStyleSheet();
  made.replaceSync(css);
  return made;
}
