/** What `jisou index` takes; each is described by `jisou index --help`. */
export interface IndexOptions {
  /** The folder to write; it is replaced as a whole. Default: `jisou` in the folder of the site. */
  output?: string;
  /** CSS selector of the content. Default: it is found. */
  content?: string;
  /** CSS selectors of what is left out of the content. */
  ignore?: string | string[];
  /** Files to leave out, as patterns from the root of the site. */
  exclude?: string | string[];
  /** Kinds of files to read. Default: html if there is any, else md and txt. */
  types?: ('html' | 'md' | 'txt')[];
  /** The largest file to read, in megabytes. Default 16. */
  maxFileSize?: number;
  /** Where the site is served. Default: relative to the folder that the bundle lies in. */
  baseUrl?: string;
  /** Data of the pages to show with hits. Default: date and image. */
  meta?: string[];
  /** Reject, with `code` 3, if some files could not be used. */
  strict?: boolean;
  /** The configuration to read. Default: jisou.toml in the current folder if there is one. */
  config?: string;
}

/** What was done. */
export interface Report {
  output: string;
  pages: number;
  files: number;
  /** Names of files by the reason why they were left out. */
  leftOut: Record<string, string[]>;
  /** What could not be used, and what to do about it. */
  problems: string[];
  /** How many files were not in UTF-8, by encoding. */
  encodings: Record<string, number>;
  characters: number;
  /** Sizes of the files of the bundle, in bytes. */
  bundle: Record<string, number>;
  seconds: number;
}

/**
 * Indexes a folder of built HTML, of Markdown or texts, or a file of records in JSON Lines. Rejects with an `Error` that says what to
 * do, whose `code` is the exit code of the command.
 */
export function index(dir: string, options?: IndexOptions): Promise<Report>;
