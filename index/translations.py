"""English for what ``index/`` says; the key is the Indonesian text as it stands in the code."""

from __future__ import annotations

ENGLISH = {
    # options
    "Samakan indeks dengan isi SOURCE: folder atau berkas artikel.\n\n"
    "Tanpa SOURCE dibaca sumber dari pengaturan `sources`. Artikel yang tidak berubah tidak dianalisis "
    "lagi; yang sudah tidak ada di sumber dihapus dari indeks. Bila gagal, indeks lama tetap utuh.\n\n"
    "Kode keluar: 0 selesai, 1 gagal, 2 salah pakai, 3 selesai dengan yang dilewati (pada --strict).": (
        "Make the index hold what SOURCE holds: folders or files of articles.\n\n"
        "Without SOURCE the setting `sources` says what is read. Articles that have not changed are not "
        "analysed again; those gone from the sources are removed from the index. When a run fails, the "
        "old index is intact.\n\n"
        "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done but something was skipped (with --strict)."
    ),
    "Folder tempat indeks disimpan.": "Folder where the index is kept.",
    "Mesin indeks; mengganti mesin membangun indeks baru.": (
        "Engine of the index; another engine makes a new index."
    ),
    "Bangun ulang seluruh indeks.": "Make the whole index anew.",
    "Hanya tunjukkan apa yang akan terjadi; tidak menulis apa pun.": (
        "Only show what would happen; nothing is written."
    ),
    "Terus berjalan dan ulangi setiap kali sumber atau leksikon berubah; akhiri dengan Ctrl-C.": (
        "Keep running, and run again whenever the sources or the lexicon change; end it with Ctrl-C."
    ),
    "Jumlah proses kerja; bawaannya sebanyak inti prosesor.": (
        "Number of worker processes; by default one for each core."
    ),
    "Cetak ringkasan sebagai satu objek JSON.": "Print the summary as one JSON object.",
    "Diam kecuali bila gagal.": "Say nothing unless it fails.",
    "Keluar dengan kode 3 bila ada yang dilewati.": "Exit with code 3 if anything was skipped.",
    "Izinkan indeks besar menjadi kosong bila sumber tidak berisi artikel.": (
        "Let a large index become empty when the sources hold no article."
    ),
    "Tampilkan bantuan ini.": "Show this help.",
    "--watch dan --dry-run tidak dapat dipakai bersama": "--watch and --dry-run cannot be used together",
    # a run
    "Indeks dibangun ulang: {why}": "The index is made anew: {why}",
    "diminta dengan --full": "asked for with --full",
    "mesin berubah dari {old} menjadi {new}": "the engine changed from {old} to {new}",
    "{part} berubah dari {old} menjadi {new}": "{part} changed from {old} to {new}",
    "mesin": "the engine",
    "analisis kata": "the analysis of words",
    "leksikon": "the lexicon",
    "pembaca sumber": "the readers of sources",
    "bidang indeks": "the fields of the index",
    "{inputs} berkas, {seen} artikel, {written} diolah": (
        "{inputs} files, {seen} articles, {written} processed"
    ),
    "Berhenti memantau.": "No longer watching.",
    # the summary
    "{added} ditambahkan, {changed} diubah, {removed} dihapus, {unchanged} tetap, {skipped} dilewati": (
        "{added} added, {changed} changed, {removed} removed, {unchanged} unchanged, {skipped} skipped"
    ),
    "Hanya percobaan, tidak ada yang ditulis: {counts}": "Dry run, nothing was written: {counts}",
    "... dan {count} lagi; semuanya tampil dengan --json": "... and {count} more; --json lists them all",
    "Indeks {generation}: {documents} artikel ({seconds} detik)": (
        "Index {generation}: {documents} articles ({seconds} seconds)"
    ),
    "Saran: untuk {documents} artikel mesin tantivy lebih cocok; pada 100.000 artikel ia menjawab sampai "
    "dua kali lebih cepat dengan seperempat memori. Pasang dengan pip install 'telusur[tantivy]', lalu "
    "jalankan reindex --engine tantivy": (
        "Advice: for {documents} articles the engine tantivy is the better one; at 100,000 articles it "
        "answers up to twice as fast with a quarter of the memory. Install it with pip install "
        "'telusur[tantivy]', then run reindex --engine tantivy"
    ),
    "Leksikon berubah dan sudah berlaku; indeks tidak perlu dibangun ulang": (
        "The lexicon has changed and is in use; the index need not be rebuilt"
    ),
    "bahasa arsip belum dipelajari": "the language of the archive was not learned yet",
    "arsip tumbuh dari {before} menjadi {now} artikel sejak bahasanya dipelajari": (
        "the archive has grown from {before} to {now} articles since its language was learned"
    ),
    # skips
    "hilang sebelum sempat dibaca": "vanished before it could be read",
    "tidak dapat dibaca ({error}); isi terakhirnya tetap di indeks": (
        "cannot be read ({error}); what was last read from it stays in the index"
    ),
    "id {id} sudah dipakai oleh {first}": "the id {id} is taken by {first}",
    "kesalahan program saat menganalisis ({error})": "a bug of ours while analysing it ({error})",
    # failures
    "Gagal: {message}": "Failed: {message}",
    "dihentikan; indeks lama tetap utuh": "interrupted; the old index is intact",
    "{error}; indeks lama tetap utuh": "{error}; the old index is intact",
    "kesalahan program ({error}); indeks lama tetap utuh": "a bug of ours ({error}); the old index is intact",
    "tidak ada satu pun artikel di sumber, padahal indeks berisi {count}; mungkin foldernya belum "
    "terpasang. Bila memang hendak dikosongkan, pakai --allow-empty": (
        "the sources hold not a single article, and the index holds {count}; perhaps the folder is not "
        "mounted. If it is to be emptied, use --allow-empty"
    ),
    "sebuah proses kerja berhenti mendadak (dimatikan, atau memori habis); indeks lama tetap utuh. "
    "Coba lagi dengan --jobs 1": (
        "a worker process ended suddenly (killed, or out of memory); the old index is intact. "
        "Try again with --jobs 1"
    ),
    "indeks sedang ditulis oleh proses lain (kunci: {path}); tunggu sampai selesai": (
        "another process is writing to the index (lock: {path}); wait until it is done"
    ),
    "indeks sedang ditulis oleh proses {pid} di {host} sejak {started} ({command}); tunggu sampai selesai": (
        "process {pid} on {host} has been writing to the index since {started} ({command}); "
        "wait until it is done"
    ),
    "indeks baru berisi {found} artikel, seharusnya {expected}; tidak dipakai": (
        "the new index holds {found} articles instead of {expected}; it is not used"
    ),
    "{path} rusak dan sudah dibuang; jalankan `reindex` lagi": (
        "{path} is damaged and was removed; run `reindex` again"
    ),
    # opening an index
    "belum ada indeks di {path}; jalankan `reindex`": "there is no index at {path} yet; run `reindex`",
    "{path} tidak dapat dibaca: {error}": "{path} cannot be read: {error}",
    "{path} berisi {name!r}, bukan nama indeks": "{path} holds {name!r}, which is not the name of an index",
    "indeks {name} rusak: {path} tidak dapat dibaca ({error})": (
        "the index {name} is damaged: {path} cannot be read ({error})"
    ),
    "{path}, bahasa yang dipelajari dari arsip, tidak dapat dibaca ({error}); jalankan `reindex`": (
        "{path}, the language learned from the archive, cannot be read ({error}); run `reindex`"
    ),
    "indeks di {path} terus-menerus diganti": "the index at {path} is being replaced over and over",
    "indeks {name} sudah tidak ada": "the index {name} is no longer there",
}
