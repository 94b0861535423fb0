# One session with a Pusher server: session.rb HOST PORT. Prints what happened as JSON. Needs ruby-websocket-driver.
require "digest"
require "json"
require "net/http"
require "openssl"
require "socket"
require "websocket/driver"

HOST, PORT = ARGV
KEY, SECRET, CHANNEL = "local-key", "local-secret", "private-ruby"

def sign(secret, text) = OpenSSL::HMAC.hexdigest("SHA256", secret, text)

def post(path, body)
  Net::HTTP.post(URI("http://#{HOST}:#{PORT}#{path}"), body, "content-type" => "application/json")
end

def publish(event, data, secret = SECRET)
  body = JSON.generate({ name: event, channel: CHANNEL, data: JSON.generate(data) })
  query = URI.encode_www_form(
    auth_key: KEY, auth_timestamp: Time.now.to_i, auth_version: "1.0", body_md5: Digest::MD5.hexdigest(body)
  )
  path = "/apps/1000/events"
  post("#{path}?#{query}&auth_signature=#{sign(secret, "POST\n#{path}\n#{query}")}", body).code.to_i
end

# The driver speaks the protocol, and this class is its connection.
class Client
  attr_reader :url

  def initialize(url)
    @url = url
    @frames = []
    @socket = TCPSocket.new(HOST, PORT)
    @driver = WebSocket::Driver.client(self)
    @driver.on(:message) { |message| @frames << JSON.parse(message.data) }
    @driver.start
  end

  def write(bytes) = @socket.write(bytes)

  def text(message) = @driver.text(JSON.generate(message))

  def frame(event)
    loop do
      found = @frames.find { |message| message["event"] == event }
      return JSON.parse(@frames.delete(found)["data"]) if found

      @driver.parse(@socket.readpartial(4096))
    end
  end
end

client = Client.new("ws://#{HOST}:#{PORT}/app/#{KEY}?protocol=7&client=ruby")
socket_id = client.frame("pusher:connection_established")["socket_id"]
auth = "#{KEY}:#{sign(SECRET, "#{socket_id}:#{CHANNEL}")}"
client.text({ event: "pusher:subscribe", data: { channel: CHANNEL, auth: auth } })
client.frame("pusher_internal:subscription_succeeded")

result = { published: publish("greeting", { text: "hé" }), received: client.frame("greeting") }
result[:waited] = JSON.parse(post("/_control/wait", JSON.generate({ channel: CHANNEL, event: "greeting" })).body)["data"]
result[:wrongSecret] = publish("greeting", {}, "wrong")
post("/_control/faults", JSON.generate({ status: 503, times: 1 }))
result[:fault] = publish("greeting", {})
post("/_control/reset", "")
result[:afterReset] = publish("greeting", {})
puts JSON.generate(result)
