interface NodeFetch {
  readonly fetch: typeof globalThis.fetch;
  readonly Headers: typeof globalThis.Headers;
  readonly Request: typeof globalThis.Request;
  readonly Response: typeof globalThis.Response;
}

let loaded: NodeFetch | undefined;

/** Node's own classes. The first call loads undici, 36 ms of CPU, so nothing here may call it on import. */
export function nodeClasses(): NodeFetch {
  loaded ??= {
    fetch: globalThis.fetch,
    Headers: globalThis.Headers,
    Request: globalThis.Request,
    Response: globalThis.Response,
  };
  return loaded;
}

/** The method of a light object that returns Node's object for it. */
export const NODE_OBJECT = Symbol("node object");

interface LightClass {
  readonly name: string;
  readonly prototype: object;
}

/** Makes a light class count as Node's own: `instanceof` holds both ways, and it has the statics and the named members of Node's. */
export function standInFor(
  kind: "Headers" | "Request" | "Response",
  lightClass: LightClass,
  members: {
    readonly methods: readonly string[];
    readonly getters: readonly string[];
    readonly statics: readonly string[];
  },
): void {
  const { prototype } = lightClass;
  // Fetch's classes have their body's members themselves, and not a base class.
  const { constructor: _, ...inherited } = Object.getOwnPropertyDescriptors(Object.getPrototypeOf(prototype));
  if (Object.getPrototypeOf(prototype) !== Object.prototype) Object.defineProperties(prototype, inherited);
  // `instanceof` asks for this prototype's prototype after it has compared our own, so a plain import loads nothing.
  Object.setPrototypeOf(prototype, new Proxy({}, { getPrototypeOf: () => nodeClasses()[kind].prototype }));
  Object.defineProperty(prototype, Symbol.toStringTag, { value: kind, configurable: true });
  Object.defineProperty(lightClass, Symbol.hasInstance, {
    value: (object: unknown) =>
      isObject(object) &&
      (Object.prototype.isPrototypeOf.call(prototype, object) || object instanceof nodeClasses()[kind]),
  });
  for (const name of members.getters) define(prototype, name, { get: readFromNode(name) });
  for (const name of members.methods) define(prototype, name, { value: callOnNode(name), writable: true });
  for (const name of members.statics)
    Object.defineProperty(lightClass, name, {
      value: (...values: readonly unknown[]) => call(nodeClasses()[kind], name, values),
      writable: true,
      configurable: true,
    });
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

const define = (prototype: object, name: string, descriptor: PropertyDescriptor): void => {
  Object.defineProperty(prototype, name, { ...descriptor, enumerable: true, configurable: true });
};

interface HasNodeObject {
  [NODE_OBJECT](): object;
}

/** Node's object for a light one; anything else as it is. */
export const toNode = (value: unknown): unknown => (isLight(value) ? value[NODE_OBJECT]() : value);

const isLight = (value: unknown): value is HasNodeObject => isObject(value) && NODE_OBJECT in value;

function readFromNode(name: string) {
  return function (this: HasNodeObject): unknown {
    return Reflect.get(this[NODE_OBJECT](), name);
  };
}

function callOnNode(name: string) {
  return function (this: HasNodeObject, ...values: readonly unknown[]): unknown {
    return call(this[NODE_OBJECT](), name, values);
  };
}

function call(target: object, name: string, values: readonly unknown[]): unknown {
  const method: unknown = Reflect.get(target, name);
  if (typeof method !== "function") throw new TypeError(`${name} is not a function`);
  return Reflect.apply(method, target, values);
}
