/** What the types of Node and of the codecs leave open: WebAssembly, and how Emscripten's modules are made. */
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array);
    private readonly brand: unknown;
  }
  class Instance {
    constructor(module: Module, imports: object);
    readonly exports: object;
  }
}

declare namespace EmscriptenWasm {
  type Module = object;
  type ModuleFactory<Made> = (options: object) => Promise<Made>;
}

interface ImageData {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}
