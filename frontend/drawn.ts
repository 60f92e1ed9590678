// Pictures looked at closely: nearer, farther and whole, by button, by drag, and by wheel with Ctrl held; and in the
// network, what a name is linked to.  Without this a picture stands whole, and its table beside it has everything.

type View = { x: number; y: number; width: number; height: number };

const STEP = 1.5;
const NEAREST = 12;

function shown(svg: SVGSVGElement): View {
  const { x, y, width, height } = svg.viewBox.baseVal;
  return { x, y, width, height };
}

class Picture {
  private readonly whole: View;
  private view: View;
  private readonly marks: { element: SVGElement; attribute: string; from: number; size: number }[] = [];
  private readonly names: { element: SVGTextElement; size: number }[] = [];

  constructor(private readonly svg: SVGSVGElement) {
    this.whole = shown(svg);
    this.view = { ...this.whole };
    for (const circle of svg.querySelectorAll<SVGCircleElement>("circle")) {
      this.marks.push({ element: circle, attribute: "r", from: 0, size: Number(circle.getAttribute("r")) });
      const name = circle.parentElement?.querySelector<SVGTextElement>("text");
      if (!name) continue;
      const from = Number(circle.getAttribute("cy"));
      this.marks.push({ element: name, attribute: "y", from, size: Number(name.getAttribute("y")) - from });
      this.names.push({ element: name, size: parseFloat(getComputedStyle(name).fontSize) });
    }
    svg.before(this.buttons());
    svg.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    svg.addEventListener("pointerdown", (event) => this.drag(event));
  }

  private buttons(): HTMLElement {
    const bar = document.createElement("p");
    bar.className = "nearer";
    const does: [string, () => void][] = [
      ["Nearer", () => this.scale(1 / STEP)],
      ["Farther", () => this.scale(STEP)],
      ["Whole", () => this.show({ ...this.whole })],
    ];
    for (const [name, act] of does) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = name;
      button.addEventListener("click", act);
      bar.append(button);
    }
    return bar;
  }

  /** Scale about a point of the picture, given in shares of what is shown. */
  private scale(by: number, left = 0.5, top = 0.5): void {
    const width = Math.min(this.whole.width, Math.max(this.whole.width / NEAREST, this.view.width * by));
    const height = (width / this.whole.width) * this.whole.height;
    const x = this.view.x + (this.view.width - width) * left;
    const y = this.view.y + (this.view.height - height) * top;
    this.show({ x, y, width, height });
  }

  /** Show a part, no further out than the whole; marks and names keep their size on the screen. */
  private show(view: View): void {
    const { whole } = this;
    view.x = Math.min(whole.x + whole.width - view.width, Math.max(whole.x, view.x));
    view.y = Math.min(whole.y + whole.height - view.height, Math.max(whole.y, view.y));
    this.view = view;
    this.svg.setAttribute("viewBox", `${view.x} ${view.y} ${view.width} ${view.height}`);
    const share = view.width / whole.width;
    for (const { element, attribute, from, size } of this.marks) {
      element.setAttribute(attribute, String(from + size * share));
    }
    for (const { element, size } of this.names) element.style.fontSize = `${size * share}px`;
  }

  private wheel(event: WheelEvent): void {
    if (!event.ctrlKey && !event.metaKey) return; // the page scrolls
    event.preventDefault();
    const box = this.svg.getBoundingClientRect();
    const by = event.deltaY < 0 ? 1 / STEP : STEP;
    this.scale(by, (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
  }

  private drag(event: PointerEvent): void {
    if (event.button || this.view.width >= this.whole.width || (event.target as Element).closest("a")) return;
    const { x, y, width, height } = this.view;
    const box = this.svg.getBoundingClientRect();
    const move = (to: PointerEvent): void =>
      this.show({
        x: x - ((to.clientX - event.clientX) / box.width) * width,
        y: y - ((to.clientY - event.clientY) / box.height) * height,
        width,
        height,
      });
    const end = (): void => this.svg.removeEventListener("pointermove", move);
    this.svg.setPointerCapture(event.pointerId);
    this.svg.addEventListener("pointermove", move);
    this.svg.addEventListener("pointerup", end, { once: true });
    this.svg.addEventListener("pointercancel", end, { once: true });
  }
}

/** In a network: the name pointed at, or whose row has the focus, stands out with what it is linked to. */
function stress(svg: SVGSVGElement, entity: string | undefined): void {
  const near = new Set([entity]);
  for (const line of svg.querySelectorAll<SVGLineElement>("line[data-one]")) {
    const { one, other } = line.dataset;
    const touches = one === entity || other === entity;
    if (touches) near.add(one).add(other);
    line.classList.toggle("aside", entity !== undefined && !touches);
  }
  for (const node of svg.querySelectorAll<SVGElement>("a[data-entity]")) {
    node.classList.toggle("aside", entity !== undefined && !near.has(node.dataset.entity));
  }
}

for (const svg of document.querySelectorAll<SVGSVGElement>(".chart svg")) new Picture(svg);

const network = document.querySelector<SVGSVGElement>("svg:has(line[data-one])");
if (network) {
  const nodes = new Set([...network.querySelectorAll<SVGElement>("a[data-entity]")].map((one) => one.dataset.entity));
  const pointed = (event: Event): void => {
    const about = (event.target as Element).closest<HTMLElement>("[data-entity]")?.dataset.entity;
    stress(network, about !== undefined && nodes.has(about) ? about : undefined);
  };
  for (const kind of ["pointerover", "focusin"]) network.closest(".drawn")?.addEventListener(kind, pointed);
  network.closest(".drawn")?.addEventListener("pointerleave", () => stress(network, undefined));
}
