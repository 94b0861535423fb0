import { complaintAboutPort, type ParsedCommand, readFlags } from "@realtime-gateway/command-line";
import { complaintsAboutFault, type Fault, faultIn } from "@realtime-gateway/pusher-server";
import { DEFAULT_PORTS, PORT_FLAGS, START_FLAGS } from "./start-flags.ts";

export { START_HELP } from "./start-flags.ts";

const PUSHER_TARGETS = ["local", "cloud", "own"] as const;
const MAX_PORT_BASE = 65_533;
type PusherTargetName = (typeof PUSHER_TARGETS)[number];

export interface StartOptions {
  readonly once: boolean;
  readonly demo: boolean;
  readonly json: boolean;
  readonly fifo: boolean;
  /** Faults of the local Pusher server. */
  readonly faults: readonly Fault[];
  readonly httpPort: number;
  readonly sqsPort: number;
  readonly pusherPort: number;
  readonly pusher: PusherTargetName;
}

type Values = ReturnType<typeof readFlags<typeof START_FLAGS>>["values"];

export function parseStartArguments(argv: readonly string[]): ParsedCommand<StartOptions> {
  const { values, complaints: flawed } = readFlags(argv, START_FLAGS);
  const target = PUSHER_TARGETS.find((name) => name === values.pusher);
  const complaints = [...flawed, ...complaintsAbout(values)];
  if (complaints.length > 0 || target === undefined) return { kind: "invalid", complaints };
  if (values.help) return { kind: "help" };
  const [httpPort, sqsPort, pusherPort] = portsOf(values);
  return {
    kind: "run",
    options: {
      once: values.once,
      demo: !values["no-demo"],
      json: values.json,
      fifo: values.fifo,
      faults: (values.fault ?? []).map(faultIn),
      httpPort,
      sqsPort,
      pusherPort,
      pusher: target,
    },
  };
}

function complaintsAbout(values: Values): readonly string[] {
  const { pusher, fault = [] } = values;
  const ports = (["port-base", ...PORT_FLAGS] as const).flatMap((flag) => {
    const text = values[flag];
    return text === undefined ? [] : (complaintAboutPort(flag, text) ?? []);
  });
  const base = Number(values["port-base"]);
  const isTarget = PUSHER_TARGETS.some((name) => name === pusher);
  return [
    ...ports,
    ...(base > MAX_PORT_BASE ? [`--port-base must leave room for three ports: ${MAX_PORT_BASE} or less`] : []),
    ...(isTarget ? [] : [`--pusher must be local, cloud or own, not "${pusher}"`]),
    ...(values.once && values["no-demo"] ? ["--once exits after the demo, which --no-demo leaves out"] : []),
    ...(fault.length > 0 && pusher !== "local" ? ["--fault needs the local Pusher server"] : []),
    ...fault.flatMap(complaintsAboutFault),
  ];
}

/** The ports in the order of `PORT_FLAGS`. A base of 0 picks free ones. */
function portsOf(values: Values): readonly [http: number, sqs: number, pusher: number] {
  const { "port-base": text } = values;
  const base = text === undefined ? undefined : Number(text);
  const portAt = (index: 0 | 1 | 2): number => {
    const flag = PORT_FLAGS[index];
    const own = values[flag];
    if (own !== undefined) return Number(own);
    if (base === undefined) return DEFAULT_PORTS[flag];
    return base === 0 ? 0 : base + index;
  };
  return [portAt(0), portAt(1), portAt(2)];
}
