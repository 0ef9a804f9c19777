/** The dashboard: a JSON API, server-sent events, a terminal over a WebSocket, and the page that uses them. */
@NullMarked
package org.meridian.web;

import org.jspecify.annotations.NullMarked;
