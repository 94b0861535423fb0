<?php

declare(strict_types=1);

require __DIR__ . '/../src/OrderShipped.php';
require __DIR__ . '/../src/PusherBroadcaster.php';
require __DIR__ . '/PusherServer.php';

// The app of a server without options. With PHPUnit, these lines are setUp() and a test.
$server = new PusherServer();
$pusher = new PusherBroadcaster($server->url(), '1000', 'local-key', 'local-secret');

$pusher->broadcast(new OrderShipped(7));
$event = $server->waitFor(['channel' => 'private-orders.7', 'event' => 'order.shipped']);
if ($event['data'] !== ['id' => 7, 'status' => 'shipped']) {
    throw new RuntimeException('Other data: ' . json_encode($event['data']));
}

$stranger = new PusherBroadcaster($server->url(), '1000', 'local-key', 'wrong');
try {
    @$stranger->broadcast(new OrderShipped(8));
    throw new LogicException('An event with a wrong signature was accepted');
} catch (RuntimeException) {
    echo "OK (2 tests)\n";
}
