// Command bare is the barest program that does the work of an import: it reads a CSV file, posts each row as JSON by 64
// goroutines and throws the answers away. The benchmarks measure crmferry beside it.
package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"log"
	"net/http"
	"os"
	"sync"
)

const workers = 64

type person struct {
	FirstName string `json:"firstName"`
	LastName  string `json:"lastName"`
	Email     string `json:"email"`
	Phone     string `json:"phone"`
	Source    string `json:"source"`
	Timeframe string `json:"timeframe"`
	City      string `json:"city"`
	State     string `json:"state"`
}

func main() {
	f, err := os.Open(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: workers}}
	rows := make(chan []string)
	var wait sync.WaitGroup
	for range workers {
		wait.Go(func() {
			for c := range rows {
				post(client, os.Args[2]+"/v1/people", c)
			}
		})
	}
	in := csv.NewReader(f)
	for first := true; ; first = false {
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			log.Fatal(err)
		}
		if !first {
			rows <- row
		}
	}
	close(rows)
	wait.Wait()
}

func post(client *http.Client, url string, c []string) {
	body, err := json.Marshal(person{c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7]})
	if err != nil {
		log.Fatal(err)
	}
	resp, err := client.Post(url, "application/json", bytes.NewReader(body))
	if err != nil {
		log.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, resp.Body)
	_ = resp.Body.Close()
}
