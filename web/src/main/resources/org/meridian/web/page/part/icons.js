import { svg, html } from '../html.js';

// Drawn for this page on a grid of 20.
const PATHS = {
  world: svg`<circle cx="10" cy="10" r="7.5"/><ellipse cx="10" cy="10" rx="3.2" ry="7.5"/><path d="M2.8 8h14.4M2.8 12h14.4"/>`,
  pools: svg`<rect x="3" y="3.5" width="14" height="4" rx="1.2"/><rect x="3" y="12.5" width="14" height="4" rx="1.2"/><path d="M6 5.5h.01M6 14.5h.01M10 7.5v5"/>`,
  topology: svg`<circle cx="4" cy="10" r="2"/><circle cx="15.5" cy="4.5" r="2"/><circle cx="15.5" cy="15.5" r="2"/><path d="M6 10h3.5m0 0c2 0 1.5-5.5 4-5.5M9.5 10c2 0 1.5 5.5 4 5.5"/>`,
  jobs: svg`<circle cx="10" cy="10" r="7.5"/><path d="M10 5.500v4.500l3 2"/>`,
  data: svg`<ellipse cx="10" cy="5" rx="6" ry="2.3"/><path d="M4 5v10c0 1.300 2.700 2.300 6 2.300s6-1 6-2.300V5M4 10c0 1.300 2.700 2.300 6 2.300s6-1 6-2.300"/>`,
  rollouts: svg`<path d="M3 4.500h7M6 10h8M11 15.500h6"/><path d="M3 17.500v-15"/>`,
  releases: svg`<path d="M10 2.800l6.5 3.600v7.200L10 17.200l-6.5-3.600V6.400z"/><path d="M3.5 6.400L10 10l6.5-3.600M10 10v7.2"/>`,
  secrets: svg`<circle cx="7" cy="12.5" r="3.8"/><path d="M9.7 9.800L17 2.800M14 5.800l2.3 2.2"/>`,
  audit: svg`<path d="M5 2.800h7l3.5 3.500v10.900H5zM8 9h5M8 12.500h5"/>`,
  orphans: svg`<rect x="3" y="6" width="14" height="8" rx="1.6" stroke-dasharray="2.5 2"/><path d="M6 10h.01"/>`,
  lock: svg`<rect x="4.5" y="9" width="11" height="8" rx="1.6"/><path d="M7 9V6.500a3 3 0 0 1 6 0V9"/>`,
  sun: svg`<circle cx="10" cy="10" r="3.3"/><path d="M10 2.500v2M10 15.500v2M2.5 10h2M15.5 10h2M4.7 4.700l1.4 1.400M13.9 13.900l1.4 1.400M15.3 4.700l-1.4 1.400M6.1 13.900l-1.4 1.4"/>`,
  moon: svg`<path d="M16.5 12A7 7 0 0 1 8 3.500a7 7 0 1 0 8.5 8.500z"/>`,
  leave: svg`<path d="M8 3.500H4v13h4M12.5 6.500L16 10l-3.5 3.500M16 10H8"/>`,
  close: svg`<path d="M5 5l10 10M15 5L5 15"/>`,
  star: svg`<path class="filled" d="M10 2.600l2.2 4.7 5.1.6-3.8 3.5 1 5.100L10 14l-4.5 2.5 1-5.100L2.7 7.900l5.1-.6z"/>`,
  chevron: svg`<path d="M7 4.500l5.5 5.500L7 15.5"/>`,
  arrow: svg`<path d="M3.5 10h13M12 5.500l4.5 4.5-4.5 4.5"/>`,
  brand: svg`<circle cx="10" cy="10" r="8.2"/><path d="M10 1.800c4.6 4.6 4.6 11.8 0 16.4" stroke-width="2.2"/><path d="M2 8h16M2 12h16" opacity=".5"/>`,
};

/** A small drawing beside words; it says nothing by itself, so those who listen do not hear it. */
export const icon = name => html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true">${PATHS[name]}</svg>`;
