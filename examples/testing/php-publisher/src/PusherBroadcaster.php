<?php

declare(strict_types=1);

/**
 * Publishes events as Laravel's broadcaster does: an event with `broadcastOn`, `broadcastAs` and `broadcastWith`, over Pusher's
 * HTTP API. In Laravel, the configuration in config/broadcasting.php takes the place of this class.
 */
final class PusherBroadcaster
{
    public function __construct(
        private readonly string $url,
        private readonly string $appId,
        private readonly string $key,
        private readonly string $secret,
    ) {
    }

    public function broadcast(object $event): void
    {
        $body = json_encode([
            'name' => $event->broadcastAs(),
            'channels' => $event->broadcastOn(),
            'data' => json_encode($event->broadcastWith(), JSON_THROW_ON_ERROR),
        ], JSON_THROW_ON_ERROR);
        $path = "/apps/{$this->appId}/events";
        $query = http_build_query([
            'auth_key' => $this->key,
            'auth_timestamp' => time(),
            'auth_version' => '1.0',
            'body_md5' => md5($body),
        ]);
        $signature = hash_hmac('sha256', "POST\n{$path}\n{$query}", $this->secret);
        $answer = file_get_contents("{$this->url}{$path}?{$query}&auth_signature={$signature}", false, stream_context_create([
            'http' => ['method' => 'POST', 'header' => 'Content-Type: application/json', 'content' => $body],
        ]));
        if ($answer === false) {
            throw new RuntimeException('Pusher refused the event ' . $event->broadcastAs());
        }
    }
}
