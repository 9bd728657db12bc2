package xlsx

import "os"

// Names are the names of a workbook's worksheets, hidden ones too, in their order.
func Names(f *os.File) ([]string, error) {
	b, err := openWorkbook(f)
	if err != nil {
		return nil, err
	}
	defer b.shared.close()
	if err := b.read(); err != nil {
		return nil, err
	}
	names := make([]string, len(b.sheets))
	for i, s := range b.sheets {
		names[i] = s.name
	}
	return names, nil
}
