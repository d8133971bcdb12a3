/** The style sheet that all boxes of a page share: constructed, so that a policy needs no inline style. */
import box from './styles/box.js';
import list from './styles/list.js';
import theme from './styles/theme.js';

export const sheet = new CSSStyleSheet();
sheet.replaceSync(theme + box + list);
