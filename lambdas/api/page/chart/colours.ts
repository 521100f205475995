/** A colour of the style sheet as it is now, for a canvas: `colourOf('water')`, `colourOf('water', 0.2)`. */
export function colourOf(name: string, opacity = 1): string {
  const colour = getComputedStyle(probeOf(name)).color;
  if (opacity === 1) return colour;
  const [red = '0', green = '0', blue = '0'] = colour.match(/[\d.]+/g) ?? [];
  return `rgba(${red}, ${green}, ${blue}, ${opacity})`;
}

let probe: HTMLElement | null = null;

/** Variables hold `light-dark(…)`, which only an element's computed colour resolves. */
function probeOf(name: string): HTMLElement {
  probe ??= document.body.appendChild(Object.assign(document.createElement('i'), { hidden: true }));
  probe.style.color = `var(--${name})`;
  return probe;
}
