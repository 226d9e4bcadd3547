// The one line a page needs: <script type="module" src="…/widget.js" data-language="zh"></script>
// It defines <banshi-chat> and, unless the page has one of its own, puts it at the end of the page.

import { BanshiChat } from "./element.js";

customElements.define("banshi-chat", BanshiChat);

const script = [...document.querySelectorAll("script[src]")].find(({ src }) => src === import.meta.url);
if (script && !document.querySelector("banshi-chat")) {
  const chat = document.createElement("banshi-chat");
  for (const [name, value] of Object.entries(script.dataset)) chat.dataset[name] = value;
  document.body.append(chat);
}
