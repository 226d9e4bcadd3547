// The page's colour, made readable: text in it keeps a contrast of 4.5 to 1 with the panel, light or dark.

const ENOUGH = 4.5;

function channels(hex) {
  const short = /^#([\da-f])([\da-f])([\da-f])$/i.exec(hex);
  const long = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(short ? `#${short.slice(1).map((c) => c + c).join("")}` : hex);
  return long && long.slice(1).map((part) => parseInt(part, 16));
}

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
  const rgb = channels(colour ?? "");
  if (!rgb) return;
  node.style.setProperty("--brand-light", readable(rgb, [[255, 255, 255], [238, 243, 248]], 0));
  node.style.setProperty("--brand-dark", readable(rgb, [[27, 35, 43], [36, 47, 58]], 255));
}
