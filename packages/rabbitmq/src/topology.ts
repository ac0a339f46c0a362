/** The part of a message of rabbitmq-client that is used. */
export interface RabbitmqMessageLike {
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, unknown>> | undefined;
  readonly messageId?: string | undefined;
  readonly deliveryTag: number;
}

/** How a message is published. */
export interface RabbitmqEnvelope {
  readonly routingKey: string;
  readonly durable: boolean;
  readonly messageId: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** The part of a publisher of rabbitmq-client that is used. */
export interface RabbitmqPublisherLike {
  send(envelope: RabbitmqEnvelope, body: unknown): Promise<void>;
  close(): Promise<void>;
}

/** The part of a consumer of rabbitmq-client that is used. */
export interface RabbitmqConsumerLike {
  on(name: "error", listener: (error: unknown) => void): unknown;
  close(): Promise<void>;
}

/** The part of a channel of rabbitmq-client that is used. */
export interface RabbitmqChannelLike {
  basicGet(queue: string): Promise<RabbitmqMessageLike | undefined>;
  basicAck(params: { readonly deliveryTag: number }): void;
  close(): Promise<void>;
}

/** A queue to declare. */
export interface QueueDeclaration {
  readonly queue: string;
  readonly durable: true;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** The part of a `Connection` of rabbitmq-client that is used. */
export interface RabbitmqConnectionLike {
  acquire(): Promise<RabbitmqChannelLike>;
  queueDeclare(declaration: QueueDeclaration): Promise<unknown>;
  createPublisher(options: { readonly confirm: boolean; readonly queues: QueueDeclaration[] }): RabbitmqPublisherLike;
  createConsumer(
    options: {
      readonly queue: string;
      readonly queueOptions: QueueDeclaration;
      readonly concurrency: number;
      readonly qos: { readonly prefetchCount: number };
    },
    /** Resolves to 1 to return the message to the queue. */
    handler: (message: RabbitmqMessageLike) => Promise<number | undefined>,
  ): RabbitmqConsumerLike;
}

/** Where the events are. */
export interface QueueName {
  /** The name of the queue. Those of retries and dead letters begin with it. @default "webhooks" */
  readonly name?: string | undefined;
  /**
   * The type of the queues: the same for all that use them. `quorum` replicates them in a cluster; a broker 3.10 that is killed
   * within a second of their creation can lose what they confirmed. @default "classic"
   */
  readonly queueType?: "classic" | "quorum" | undefined;
}

/** The queues of a name. */
export interface Queues {
  /** The events that workers take. */
  readonly main: QueueDeclaration;
  /** The events that wait for their next attempt. A worker holds each until then, so nothing is moved by the broker itself. */
  readonly retry: QueueDeclaration;
  readonly dead: QueueDeclaration;
}

/** The queues of a name. That of dead letters is a classic one, which does not count how often its messages are looked at. */
export function queuesOf({ name = "webhooks", queueType = "classic" }: QueueName): Queues {
  const declare = (queue: string, type: string) =>
    ({ queue, durable: true, arguments: { "x-queue-type": type } }) as const;
  return {
    main: declare(name, queueType),
    retry: declare(`${name}.retry`, queueType),
    dead: declare(`${name}.dead`, "classic"),
  };
}
