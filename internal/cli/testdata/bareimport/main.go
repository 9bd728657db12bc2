// Command bareimport is the barest loop that does the work of an import of any columns: it reads a CSV file with
// encoding/csv, posts each row as an object of JSON that it writes by hand, by 64 goroutines, and writes a line of a report for
// each answer. It maps nothing, checks nothing and remembers nothing.
package main

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/url"
	"os"
	"sync"
)

const workers = 64

type row struct {
	number int
	cells  []string
}

type answer struct {
	number, status int
	id             string
}

func main() {
	if err := run(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		log.Fatal(err)
	}
}

func run(path, base, report string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	in := csv.NewReader(bufio.NewReaderSize(f, 256<<10))
	header, err := in.Read()
	if err != nil {
		return err
	}
	keys := make([][]byte, len(header))
	for i, name := range header {
		keys[i] = append(appendText(nil, name), ':')
	}
	to, err := url.Parse(base + "/v1/people")
	if err != nil {
		return err
	}
	client := &http.Client{Transport: &http.Transport{MaxIdleConns: workers, MaxIdleConnsPerHost: workers, MaxConnsPerHost: workers, DisableCompression: true}}
	rows, answers := make(chan row, workers), make(chan answer, workers)
	var wait sync.WaitGroup
	for range workers {
		wait.Go(func() { post(client, to, keys, rows, answers) })
	}
	written := make(chan error)
	go func() { written <- write(report, answers) }()
	for n := 1; ; n++ {
		cells, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		rows <- row{n, cells}
	}
	close(rows)
	wait.Wait()
	close(answers)
	return <-written
}

func post(client *http.Client, to *url.URL, keys [][]byte, rows <-chan row, answers chan<- answer) {
	var body []byte
	buffer := make([]byte, 4096)
	header := http.Header{"Content-Type": {"application/json"}}
	for r := range rows {
		body = append(body[:0], '{')
		for i, key := range keys {
			if i > 0 {
				body = append(body, ',')
			}
			body = appendText(append(body, key...), r.cells[i])
		}
		body = append(body, '}')
		resp, err := client.Do(&http.Request{Method: http.MethodPost, URL: to, Host: to.Host, Header: header, Body: io.NopCloser(bytes.NewReader(body)), ContentLength: int64(len(body))})
		if err != nil {
			log.Fatal(err)
		}
		n, err := io.ReadFull(resp.Body, buffer)
		if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
			log.Fatal(err)
		}
		resp.Body.Close()
		_, id, _ := bytes.Cut(buffer[:n], []byte(`"id":"`))
		id, _, _ = bytes.Cut(id, []byte(`"`))
		answers <- answer{r.number, resp.StatusCode, string(id)}
	}
}

func write(path string, answers <-chan answer) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 64<<10)
	for a := range answers {
		if _, err := fmt.Fprintf(w, "%d,%d,%s\n", a.number, a.status, a.id); err != nil {
			return err
		}
	}
	return w.Flush()
}

// appendText appends a string of JSON.
func appendText(b []byte, s string) []byte {
	b = append(b, '"')
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c < ' ':
			b = fmt.Appendf(b, `\u%04x`, c)
		default:
			b = append(b, c)
		}
	}
	return append(b, '"')
}
