import { describe, expect, it } from "vitest";
import type { MeshPod } from "@/lib/mesh/model";
import type { ResourceType } from "../names";
import { makeResource } from "../resource";
import { ResourceView } from "../resource-set";
import type { ProxyView } from "../snapshot/mesh-snapshot";
import { ProxyStream } from "./proxy-stream";

const POD: MeshPod = {
  key: "shop/a-1",
  namespace: "shop",
  name: "a-1",
  uid: "u",
  proxyId: "p",
  identity: "shop/a",
  workload: "shop/deployment/a",
  address: "10.0.0.1",
  loopback: "127.0.0.1",
  ready: true,
  inbound: [],
};

/** `{ CDS: "a=1 b=2" }`: names with their content. */
function view(content: Partial<Record<ResourceType, string>>): ProxyView {
  const of = (type: ResourceType) => {
    const pairs = (content[type] ?? "").split(" ").filter(Boolean);
    const set = new Map(
      pairs.map((pair) => {
        const [name = "", text = ""] = pair.split("=");
        return [name, makeResource(type, name, new TextEncoder().encode(text))];
      }),
    );
    return new ResourceView([set]);
  };
  return { CDS: of("CDS"), EDS: of("EDS"), SDS: of("SDS"), LDS: of("LDS"), RDS: of("RDS") };
}

class Client {
  readonly log: string[] = [];
  readonly open = new Map<ResourceType, string>();
  now = 0;
  private timers: { at: number; work: () => void }[] = [];
  readonly stream = new ProxyStream("p", "shop/a", {
    send: (type, nonce, { resources, removed }) => {
      this.open.set(type, nonce);
      this.log.push([type, ...resources.map(({ name }) => name), ...removed.map((name) => `-${name}`)].join(" "));
    },
    onNack: () => undefined,
    now: () => this.now,
    later: (delayMs, work) => {
      const timer = { at: this.now + delayMs, work };
      this.timers.push(timer);
      return () => {
        this.timers = this.timers.filter((one) => one !== timer);
      };
    },
  });

  subscribe(type: ResourceType, ...names: string[]): void {
    this.stream.change(type, { subscribe: names, unsubscribe: [], initialVersions: {} });
  }

  ack(type: ResourceType): void {
    const nonce = this.open.get(type);
    if (nonce === undefined) throw new Error(`${type} has nothing open`);
    this.stream.settle(type, nonce, null);
  }

  pass(ms: number): void {
    this.now += ms;
    const due = this.timers.filter(({ at }) => at <= this.now);
    this.timers = this.timers.filter(({ at }) => at > this.now);
    for (const { work } of due) work();
  }

  /** Connected, with one cluster and its route taken. */
  static settled(): Client {
    const client = new Client();
    client.stream.setView(POD, view({ CDS: "a=1", EDS: "a=1", LDS: "l=1", RDS: "r=1" }));
    client.subscribe("CDS");
    client.ack("CDS");
    client.subscribe("EDS", "a");
    client.ack("EDS");
    client.subscribe("LDS");
    client.ack("LDS");
    client.subscribe("RDS", "r");
    client.ack("RDS");
    client.now = 10_000;
    client.log.length = 0;
    return client;
  }
}

describe("the order on a stream", () => {
  it("answers nothing before the pod is known, and then everything that was asked", () => {
    const client = new Client();
    client.subscribe("CDS");
    expect(client.log).toEqual([]);
    client.stream.setView(POD, view({ CDS: "a=1" }));
    expect(client.log).toEqual(["CDS a"]);
  });

  it("sends a change of weights at once", () => {
    const client = Client.settled();
    client.stream.setView(POD, view({ CDS: "a=1", EDS: "a=1", LDS: "l=1", RDS: "r=2" }));
    expect(client.log).toEqual(["RDS r"]);
  });

  it("sends routes to a new cluster only when the cluster and its endpoints were taken", () => {
    const client = Client.settled();
    client.stream.setView(POD, view({ CDS: "a=1 b=1", EDS: "a=1 b=1", LDS: "l=1", RDS: "r=2" }));
    expect(client.log).toEqual(["CDS b"]);
    client.ack("CDS");
    client.subscribe("EDS", "b");
    expect(client.log).toEqual(["CDS b", "EDS b"]);
    client.ack("EDS");
    expect(client.log).toEqual(["CDS b", "EDS b", "RDS r"]);
  });

  it("does not wait for ever for a cluster that never gets ready", () => {
    const client = Client.settled();
    client.stream.setView(POD, view({ CDS: "a=1 b=1", EDS: "a=1 b=1", LDS: "l=1", RDS: "r=2" }));
    client.ack("CDS");
    client.pass(1999);
    expect(client.log).toEqual(["CDS b"]);
    client.pass(1);
    expect(client.log).toEqual(["CDS b", "RDS r"]);
  });

  it("removes a cluster after the routes that no longer name it were taken", () => {
    const client = Client.settled();
    client.stream.setView(POD, view({ LDS: "l=1", RDS: "r=2" }));
    expect(client.log).toEqual(["RDS r"]);
    client.ack("RDS");
    expect(client.log).toEqual(["RDS r", "CDS -a"]);
  });

  it("removes nothing from a stream that resumes before it has said which routes it has", () => {
    const client = new Client();
    client.stream.setView(POD, view({ RDS: "r=2" }));
    client.stream.change("CDS", { subscribe: [], unsubscribe: [], initialVersions: { gone: "x" } });
    client.ack("CDS");
    expect(client.log).toEqual(["CDS"]);
    client.subscribe("RDS", "r");
    client.ack("RDS");
    expect(client.log).toEqual(["CDS", "RDS r", "CDS -gone"]);
  });

  it("says in its state what is refused", () => {
    const client = Client.settled();
    client.stream.setView(POD, view({ CDS: "a=1", EDS: "a=1", LDS: "l=1", RDS: "r=2" }));
    client.stream.settle("RDS", client.open.get("RDS") ?? "", "no such thing");
    const rds = client.stream.state().types.find(({ type }) => type === "RDS");
    expect(rds).toMatchObject({ synced: false, nack: { message: "no such thing", at: "1970-01-01T00:00:10.000Z" } });
  });
});
