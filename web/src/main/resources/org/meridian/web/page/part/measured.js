// Drawings are made for the width they have, so that letters and dots keep their size from a phone to a wall.

/** Knows how wide an element is, and calls back when that changes. */
export class Measured {
  #element = null;
  #width;
  #onChange;
  #watcher = new ResizeObserver(([entry]) => {
    const width = Math.round(entry.contentRect.width);
    if (width !== this.#width && width > 0) {
      this.#width = width;
      this.#onChange();
    }
  });

  constructor(first, onChange) {
    this.#width = first;
    this.#onChange = onChange;
  }

  get width() {
    return this.#width;
  }

  /** Watches the element with that id from now on, once it is there. */
  watch(id) {
    const element = document.getElementById(id);
    if (element && element !== this.#element) {
      this.#watcher.disconnect();
      this.#element = element;
      this.#watcher.observe(element);
    } else if (!element) {
      queueMicrotask(() => document.getElementById(id) && this.watch(id));
    }
  }
}
