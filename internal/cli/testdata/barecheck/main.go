// Command barecheck reads a CSV file with encoding/csv, and does nothing with it. The benchmark of a check measures
// crmferry beside it.
package main

import (
	"encoding/csv"
	"errors"
	"io"
	"log"
	"os"
)

func main() {
	f, err := os.Open(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	in := csv.NewReader(f)
	for {
		_, err := in.Read()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			log.Fatal(err)
		}
	}
}
