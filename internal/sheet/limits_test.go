package sheet

// What the readers promise, stated again: a test that took their own numbers would find no change of them.
const (
	blockSize  = 256 << 10 // of a CSV file is looked at at once
	sampleSize = 64 << 10  // of a CSV file decide about its delimiter
	headSize   = 4 << 10   // of a file tell its kind
	maxRow     = 4 << 20   // bytes of a row of a CSV file
	maxToken   = 4 << 20   // bytes of a cell of a workbook

	bomLittle      = "\xFF\xFE"
	bomUTF32Little = "\xFF\xFE\x00\x00"
)
