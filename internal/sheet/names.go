package sheet

import "crmferry/internal/sheet/xlsx"

// Names are the names of a workbook's worksheets, hidden ones too, in their order; a CSV file has one sheet without a
// name. Every error about the file is a *Error.
func Names(path string) ([]string, error) {
	r := &Reader{layout: Layout{path: path}}
	f, err := r.openFile()
	if err != nil {
		return nil, r.withPlace(err)
	}
	defer f.Close()
	format, err := formatOf(f, path)
	if err != nil {
		return nil, r.withPlace(err)
	}
	if format == CSV {
		return []string{""}, nil
	}
	names, err := xlsx.Names(f)
	if err != nil {
		return nil, r.withPlace(err)
	}
	return names, nil
}
