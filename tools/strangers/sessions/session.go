// One session with a Pusher server: session.go HOST PORT. Prints what happened as JSON. Needs
// golang-github-gorilla-websocket-dev.
package main

import (
	"bytes"
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"time"

	"github.com/gorilla/websocket"
)

const (
	key     = "local-key"
	secret  = "local-secret"
	channel = "private-go"
)

type object = map[string]interface{}

var address string

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func text(value interface{}) string {
	encoded, err := json.Marshal(value)
	must(err)
	return string(encoded)
}

func sign(secret, text string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(text))
	return hex.EncodeToString(mac.Sum(nil))
}

func post(path, body string) (int, object) {
	answer, err := http.Post("http://"+address+path, "application/json", bytes.NewBufferString(body))
	must(err)
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	must(err)
	var fields object
	_ = json.Unmarshal(content, &fields)
	return answer.StatusCode, fields
}

func publish(event string, data object, secret string) int {
	body := text(object{"name": event, "channel": channel, "data": text(data)})
	sum := md5.Sum([]byte(body))
	query := url.Values{
		"auth_key":       {key},
		"auth_timestamp": {strconv.FormatInt(time.Now().Unix(), 10)},
		"auth_version":   {"1.0"},
		"body_md5":       {hex.EncodeToString(sum[:])},
	}.Encode()
	path := "/apps/1000/events"
	status, _ := post(path+"?"+query+"&auth_signature="+sign(secret, "POST\n"+path+"\n"+query), body)
	return status
}

func frame(socket *websocket.Conn, event string) object {
	for {
		var message struct{ Event, Data string }
		must(socket.ReadJSON(&message))
		if message.Event == event {
			var data object
			must(json.Unmarshal([]byte(message.Data), &data))
			return data
		}
	}
}

func main() {
	address = os.Args[1] + ":" + os.Args[2]
	socket, _, err := websocket.DefaultDialer.Dial("ws://"+address+"/app/"+key+"?protocol=7&client=go", nil)
	must(err)
	defer socket.Close()
	socketID := frame(socket, "pusher:connection_established")["socket_id"].(string)
	auth := key + ":" + sign(secret, socketID+":"+channel)
	must(socket.WriteJSON(object{"event": "pusher:subscribe", "data": object{"channel": channel, "auth": auth}}))
	frame(socket, "pusher_internal:subscription_succeeded")

	result := object{"published": publish("greeting", object{"text": "hé"}, secret)}
	result["received"] = frame(socket, "greeting")
	_, seen := post("/_control/wait", text(object{"channel": channel, "event": "greeting"}))
	result["waited"] = seen["data"]
	result["wrongSecret"] = publish("greeting", object{}, "wrong")
	post("/_control/faults", text(object{"status": 503, "times": 1}))
	result["fault"] = publish("greeting", object{}, secret)
	post("/_control/reset", "")
	result["afterReset"] = publish("greeting", object{}, secret)
	fmt.Println(text(result))
}
