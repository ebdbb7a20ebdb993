/** Types that Node and the codecs do not declare: WebAssembly, and the factories of Emscripten's modules. */
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
