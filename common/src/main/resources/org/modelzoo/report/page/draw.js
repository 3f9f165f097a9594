/* Draws every figure of the page once it is there. */
"use strict";

drawFigures(document);
