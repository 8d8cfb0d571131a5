/** An answer's text that many readers get, written once. Next lets no route handler set Content-Encoding: a proxy compresses. */
export class SharedText {
  readonly bytes: Buffer;

  constructor(text: string) {
    this.bytes = Buffer.from(text);
  }
}
