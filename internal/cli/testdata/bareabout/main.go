// Command bareabout looks for a text in every line of the journals and rows below a folder, and does nothing else. The benchmark
// of runs --about measures crmferry beside it.
package main

import (
	"bufio"
	"bytes"
	"fmt"
	"log"
	"os"
	"path/filepath"
)

func main() {
	paths, err := filepath.Glob(filepath.Join(os.Args[1], "*", "*.jsonl"))
	if err != nil {
		log.Fatal(err)
	}
	text, found := []byte(os.Args[2]), 0
	for _, path := range paths {
		f, err := os.Open(path)
		if err != nil {
			log.Fatal(err)
		}
		lines := bufio.NewScanner(f)
		lines.Buffer(make([]byte, 1<<20), 1<<24)
		for lines.Scan() {
			if bytes.Contains(lines.Bytes(), text) {
				found++
			}
		}
		if err := lines.Err(); err != nil {
			log.Fatal(err)
		}
		_ = f.Close() // read only
	}
	fmt.Println(found)
}
