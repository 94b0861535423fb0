<?php

declare(strict_types=1);

final class OrderShipped
{
    public function __construct(public readonly int $orderId)
    {
    }

    /** @return list<string> */
    public function broadcastOn(): array
    {
        return ["private-orders.{$this->orderId}"];
    }

    public function broadcastAs(): string
    {
        return 'order.shipped';
    }

    /** @return array<string, mixed> */
    public function broadcastWith(): array
    {
        return ['id' => $this->orderId, 'status' => 'shipped'];
    }
}
