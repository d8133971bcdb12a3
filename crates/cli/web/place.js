/** The files of a bundle; `jisou index` writes their names here. */
export const PLACE = __JISOU_PLACE__;
