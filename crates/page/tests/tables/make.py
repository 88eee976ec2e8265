"""Writes the small tables that tests/tables.rs reads: the same four pages as pyarrow, polars and duckdb write them, in
the encodings and compressions that are met in the wild. pip install pyarrow polars duckdb; then python make.py."""
import pyarrow as pa, pyarrow.parquet as pq, datetime as dt, polars as pl, duckdb, os
out = os.path.dirname(os.path.abspath(__file__)) + '/'
text=["The envoys met in Geneva on Monday.\n\nThey will meet again, an official said.", None, "Kyiv said no.", "Both armies withdrew from the bridge — the mayor said so."]
days=[dt.date(2022,1,13),dt.date(2022,1,14),None,dt.date(2022,1,15)]
mom=[dt.datetime(2022,1,13,9,30),dt.datetime(2022,1,14,9,30),None,dt.datetime(2022,1,15,23,59)]
url=[f"http://example.org/{i}" for i in range(4)]
t=pa.table({"id":pa.array([11,12,13,14]),"tags":pa.array([["a","b"],[],None,["c"]]),"meta":pa.array([{"text":"inner","n":1}]*4),"text":text,"url":url,"date":pa.array(days),"Title":["One","Two",None,"Four"],"language":["en"]*4})
pq.write_table(t,out+'arrow-snappy.parquet',compression='snappy',store_schema=False)
pq.write_table(t,out+'arrow-zstd-v2.parquet',compression='zstd',data_page_version='2.0',version='2.6',store_schema=False,row_group_size=3)
t2=t.set_column(5,"date",pa.array(mom,pa.timestamp('ns')))
pq.write_table(t2,out+'arrow-gzip-int96.parquet',compression='gzip',use_deprecated_int96_timestamps=True,use_dictionary=False,store_schema=False)
pq.write_table(t2.select(["text","url","date"]),out+'arrow-delta.parquet',compression='none',use_dictionary=False,data_page_version='2.0',column_encoding={"text":"DELTA_LENGTH_BYTE_ARRAY","url":"DELTA_BYTE_ARRAY","date":"DELTA_BINARY_PACKED"},store_schema=False)
pq.write_table(t,out+'arrow-brotli.parquet',compression='brotli',store_schema=False) 
pl.DataFrame({"body":text,"url":url,"published":mom,"source":["The Paper"]*4}).write_parquet(out+'polars.parquet',compression='zstd')
con=duckdb.connect()
con.execute("create table p(html varchar, link varchar, pub_date timestamp, author varchar)")
for i in range(4): con.execute("insert into p values (?,?,?,?)",[None if text[i] is None else '<p>'+text[i]+'</p>',url[i],mom[i],'A. Reporter'])
con.execute(f"copy p to '{out}duckdb.parquet' (format parquet, compression snappy)")
