package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/gocarina/gocsv"

	"crmferry/mapping"
)

// readValuesFile reads what --values puts in place of cells, from a table as Excel or people write one.
func readValuesFile(path string) ([]mapping.ValueEntry, error) {
	const hint = "it is a CSV file whose first line is: field,from,to"
	if err := readable(path); err != nil {
		return nil, err
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fail(exitUsage, fmt.Errorf("read values file: %w", err))
	}
	r, err := tableReader(data)
	if err != nil {
		return nil, fail(exitUsage, fmt.Errorf("read values file %q: %w", path, err), hint)
	}
	in, err := gocsv.NewUnmarshaller(r, mapping.ValueEntry{})
	if err != nil {
		return nil, fail(exitUsage, fmt.Errorf("read values file %q: %w", path, err), hint)
	}
	if len(in.MismatchedStructFields) > 0 {
		return nil, usageError(hint, "read values file %q: it has no column %q", path, strings.Join(in.MismatchedStructFields, `", "`))
	}
	var entries []mapping.ValueEntry
	for {
		v, err := in.Read()
		if errors.Is(err, io.EOF) {
			return entries, nil
		}
		if err != nil {
			return nil, fail(exitUsage, fmt.Errorf("read values file %q: %w", path, err), hint)
		}
		if e := v.(mapping.ValueEntry); e != (mapping.ValueEntry{}) {
			entries = append(entries, e)
		}
	}
}
