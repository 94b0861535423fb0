<?php

declare(strict_types=1);

/** The Pusher server of a test. It ends with this object. */
final class PusherServer
{
    /** @var resource */
    private $process;
    /** @var array<string, mixed> */
    private array $ready;

    public function __construct()
    {
        $command = ['node_modules/.bin/pusher-server', '--port', '0', '--json'];
        $process = proc_open($command, [1 => ['pipe', 'w']], $pipes);
        if ($process === false) {
            throw new RuntimeException('The Pusher server does not start: run npm install');
        }
        $this->process = $process;
        $this->ready = json_decode((string) fgets($pipes[1]), true, flags: JSON_THROW_ON_ERROR);
    }

    public function __destruct()
    {
        proc_terminate($this->process);
        proc_close($this->process);
    }

    public function url(): string
    {
        return $this->ready['url'];
    }

    /**
     * The first event that matches, also one from before the call.
     *
     * @param array<string, mixed> $match
     * @return array<string, mixed>
     */
    public function waitFor(array $match): array
    {
        $answer = file_get_contents("{$this->url()}/_control/wait", false, stream_context_create([
            'http' => [
                'method' => 'POST',
                'header' => 'Content-Type: application/json',
                'content' => json_encode($match, JSON_THROW_ON_ERROR),
                'ignore_errors' => true,
            ],
        ]));
        $value = json_decode((string) $answer, true, flags: JSON_THROW_ON_ERROR);
        // A wait that ends without the event answers with a problem, which lists what came instead.
        return isset($value['event']) ? $value : throw new RuntimeException($value['detail'] ?? (string) $answer);
    }
}
