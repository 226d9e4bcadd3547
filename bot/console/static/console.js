// The operator's page: puts the parts together. The state of the call is in call.js, the keys are in keys.js.

import { Call } from "./call.js";
import { BanshiOutcome } from "./outcome.js";
import { BanshiSearch } from "./search.js";
import { listen } from "./keys.js";
import { setUp } from "./setup.js";

customElements.define("banshi-search", BanshiSearch);
customElements.define("banshi-outcome", BanshiOutcome);

const call = new Call(setUp.account, setUp.scopes);
const search = document.querySelector("banshi-search");
const outcome = document.querySelector("banshi-outcome");
search.start(call, outcome);
outcome.start(call, search);
listen(call, search, outcome);
document.querySelector("#sign-out").addEventListener("submit", () => call.forget());
search.resume();
