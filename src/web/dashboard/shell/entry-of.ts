/** The program a page begins with; its name changes with every build. */
export const entryOf = (html: string): string | undefined => /src="(\/assets\/[^"]+\.js)"/.exec(html)?.[1]
