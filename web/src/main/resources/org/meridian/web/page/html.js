import { html, svg, nothing, render, noChange } from '/lib/lit-html/lit-html.js';
import { directive, Directive } from '/lib/lit-html/directive.js';
import { repeat } from '/lib/lit-html/directives/repeat.js';

class Variables extends Directive {
  render() {
    return noChange;
  }

  update(part, [values]) {
    for (const [name, value] of Object.entries(values)) {
      if (this.last?.[name] !== value) part.element.style.setProperty(name, value);
    }
    this.last = values;
    return noChange;
  }
}

/** Sets custom properties on an element, `<i ${variables({ '--part': '40%' })}>`: style attributes are not allowed here. */
const variables = directive(Variables);

export { html, svg, nothing, render, repeat, variables };
