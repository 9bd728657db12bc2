package headers

import "golang.org/x/text/language/display"

// japanese knows the headers of contacts. Folding takes the marks off kana: signs are written so.
func japanese() *language {
	return &language{
		name:     "Japanese",
		regions:  []string{"JP"},
		required: []string{"(必須)", "（必須）"},
		words: []words{
			{LastName, usual, []string{"姓", "苗字"}},
			{FirstName, usual, []string{"名"}},
			{FullName, usual, []string{"氏名", "お名前", "フルネーム", "担当者名", "ご担当者名", "担当者"}},
			{Name, usual, []string{"名前"}},
			{Email, usual, []string{"メール", "メールアドレス", "Eメール", "Eメールアドレス", "電子メール"}},
			{Phone, usual, []string{"電話番号", "電話", "TEL番号"}},
			{Phone, mobile, []string{"携帯電話", "携帯電話番号", "携帯番号", "携帯"}},
			{Company, usual, []string{"会社名", "会社", "企業名", "法人名", "貴社名", "御社名", "勤務先"}},
			{Job, usual, []string{"役職", "肩書き"}},
			{Note, usual, []string{"備考", "メモ"}},
			{Street, usual, []string{"住所"}},
			{City, usual, []string{"市区町村"}},
			{State, usual, []string{"都道府県"}},
			{Zip, usual, []string{"郵便番号"}},
			{Country, usual, []string{"国"}},
			{Tags, usual, []string{"タグ"}},
			{Website, usual, []string{"ウェブサイト", "ホームページ"}},
		},
		signs:       []string{"氏名", "名前", "会社名", "都道府県", "郵便番号", "備考", "電話番号", "住所", "役職"},
		exclusions:  []exclusionWords{{WhyConsent, []string{"配信停止", "同意"}}, {WhyOwner, []string{"営業担当", "所有者"}}},
		refusals:    []string{"配信停止"},
		hidden:      []string{"非公開", "機密"},
		refused:     []string{"配信停止"},
		ands:        []string{"と"},
		your:        []string{"あなたの"},
		countries:   display.Japanese.Regions,
		months:      [12]string{"1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"},
		yes:         []string{"はい"},
		no:          []string{"いいえ"},
		nothing:     []string{"none"},
		salutations: []string{"様"},
	}
}
